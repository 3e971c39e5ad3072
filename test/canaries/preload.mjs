/**
 * Loads the ears into a program of ours that a test starts, and leaves what stands before it and
 * whatever it starts itself alone. Named in NODE_OPTIONS, so any Node that sets up has to read it.
 */

if (process.argv[1]?.endsWith('/src/cli/main.ts')) {
  delete process.env.NODE_OPTIONS
  await import('./program.ts')
}
