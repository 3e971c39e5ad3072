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

  /*
   * A form of this class is kept for whoever typed on it. Its texts begin empty, and what stands in
   * one was typed: on this page, or before it was given back or found wanting.
   */
  const isTyped = (form) => [...form.querySelectorAll('textarea')].some(({ value }) => value !== '')
  const end = () => {
    const form = [...document.forms].find(
      (each) => each.classList.contains('site-typed') && isTyped(each),
    )
    if (form === undefined) return location.assign(idleEndedAt)
    // Sent to be kept, and not to be carried out: another window may have stayed signed in.
    const unsent = document.createElement('input')
    Object.assign(unsent, { type: 'hidden', name: 'unsent', value: 'yes' })
    form.append(unsent)
    form.submit()
  }

  /* However often it is extended, a session has a last end: of that one is warned once. */
  const begin = (endsInS, isWarned = false) => {
    clearTimeout(warning)
    clearTimeout(ending)
    const warnInMs = Number(endsInS) * 1000 - warnBeforeMs
    if (warnInMs > 0 || !isWarned) {
      warning = setTimeout(() => dialog.open || dialog.showModal(), Math.max(warnInMs, 0))
    }
    ending = setTimeout(end, Number(endsInS) * 1000 + 1000)
  }

  dialog.addEventListener('close', () => {
    fetch(idleExtendAt, { redirect: 'manual' }).then(({ status, headers }) => {
      if (status === 204) begin(headers.get('session-ends-in') ?? idleEndsIn, true)
      // Too many at once: whoever is so busy has just been seen.
      else if (status === 429) begin(idleEndsIn)
      else end()
    }, end)
  })
  // A page that comes back out of the history is asked for anew: somebody may have signed out.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
  begin(idleEndsIn)
})()
