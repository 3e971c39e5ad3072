/* One key presses what says in aria-keyshortcuts that it is pressed by it, or goes to a field. */
;(() => {
  const typing = 'input:not([type=checkbox],[type=radio]), textarea, select, [contenteditable]'
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return
    if (event.target instanceof Element && event.target.closest(typing)) return
    const target = document.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`)
    if (target === null) return
    event.preventDefault()
    if (target.matches(typing)) target.focus()
    else target.click()
  })
})()
