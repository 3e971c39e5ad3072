/*
 * Starts the design system's own script, and warns before a session ends: the page asks whether to
 * stay, and goes to where it is said once it has ended.
 */
;(() => {
  if (window.DKFDS) window.DKFDS.init()

  const { idleEndsIn, idleExtendAt, idleEndedAt } = document.body.dataset
  const dialog = document.getElementById('idle-warning')
  if (!idleEndsIn || !dialog) return
  const warnBeforeMs = 5 * 60_000
  let warning
  let ending

  /* However often it is extended, a session has a last end: the answer says what is left. */
  const begin = (endsInS) => {
    clearTimeout(warning)
    clearTimeout(ending)
    const endsInMs = Number(endsInS) * 1000
    warning = setTimeout(() => dialog.showModal(), Math.max(endsInMs - warnBeforeMs, 0))
    ending = setTimeout(() => location.assign(idleEndedAt), endsInMs + 1000)
  }

  dialog.addEventListener('close', () => {
    fetch(idleExtendAt, { redirect: 'manual' }).then(
      ({ status, headers }) => {
        if (status === 204) begin(headers.get('session-ends-in') ?? idleEndsIn)
        // Too many at once: whoever is so busy has just been seen.
        else if (status === 429) begin(idleEndsIn)
        else location.assign(idleEndedAt)
      },
      () => location.assign(idleEndedAt),
    )
  })
  // A page that comes back out of the history is asked for anew: somebody may have signed out.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
  begin(idleEndsIn)
})()
