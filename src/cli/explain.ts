/** An error in the words of somebody who can mend it. */

/** What the system's names of errors mean for a file or a folder. */
const reasons: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  EEXIST: 'it is there already',
  ENOTDIR: 'a part of it is no folder',
  EISDIR: 'it is a folder',
  EROFS: 'it cannot be written to',
  ENOSPC: 'the disk is full',
}

export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && 'path' in error && typeof error.code === 'string') {
    const reason = reasons[error.code]
    if (reason) return `Cannot use ${String(error.path)}: ${reason}. Choose another.`
  }
  return error.message
}
