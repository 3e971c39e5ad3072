/**
 * Makes a fresh clone ready and runs FILE of this repository on Node 24; it depends on nothing but
 * Node 20 and npm, and knows nothing of what FILE does.
 *
 *   node set-up/run.mjs FILE ARGS...     run FILE, path as seen from the root of the repository
 *   node set-up/run.mjs --print-node     only get ready, then print the path of a Node to run on
 */

// Nothing is imported before this line, so that an old Node can still say what it is.
const oldest = 20
if (Number(process.versions.node.split('.')[0]) < oldest) {
  process.stderr.write(
    `samspil: this is Node ${process.versions.node}; Samspil needs Node ${oldest} or newer to set\n` +
      'itself up (it then runs on Node 24, which it fetches itself). See https://nodejs.org.\n',
  )
  process.exit(1)
}

import('./prepare.mjs')
  .then(async ({ prepare }) => {
    const [file, ...args] = process.argv.slice(2)
    if (file === undefined) throw new Error('usage: node set-up/run.mjs FILE ARGS...')
    const node = await prepare()
    if (file === '--print-node') return void process.stdout.write(`${node}\n`)
    const { hand } = await import('./hand-over.mjs')
    hand(node, file, args)
  })
  .catch((error) => {
    process.stderr.write(`samspil: ${error.message}\n`)
    process.exitCode = 1
  })
