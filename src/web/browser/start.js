/* Starts the design system's own script, and warns before a session ends. */
;(() => {
  if (window.DKFDS) window.DKFDS.init()
})()
