// Before the first paint: the theme this person chose, if any. A file and not inline, so that the CSP stays strict.
(function () {
  try {
    var theme = localStorage.getItem('dispatch-theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch (_) {
    // Storage may be denied; the system's theme then holds.
  }
})();
