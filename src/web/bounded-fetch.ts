/** Asks a provider of sign-ins, and takes no more of an answer than one ever is. Knows no protocol. */

const answerBytesMax = 256 * 1024

/** No answer of a provider is bigger than this, and none leads elsewhere. */
export async function boundedFetch(url: string, options: object): Promise<Response> {
  const answer = await fetch(url, { ...options, redirect: 'manual' })
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.length
    if (size > answerBytesMax)
      throw new Error(`the provider answers more than ${answerBytesMax} bytes`)
    chunks.push(chunk)
  }
  const { status, headers } = answer
  const hasBody = ![101, 204, 205, 304].includes(status)
  return new Response(hasBody ? Buffer.concat(chunks) : null, { status, headers })
}
