/* A classic script in the head, so that a remembered theme is there before the first paint. */
(() => {
  const root = document.documentElement;
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

  function remembered() {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null; // storage is blocked: follow the system
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // storage is blocked: it lasts as long as the page
    }
  }

  const chosen = remembered();
  if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen;

  window.theme = {
    get current() {
      return root.dataset.theme ?? (systemIsDark.matches ? 'dark' : 'light');
    },
    turn() {
      root.dataset.theme = this.current === 'dark' ? 'light' : 'dark';
      remember(root.dataset.theme);
    },
    onSystemChange: (listener) => systemIsDark.addEventListener('change', listener),
  };
})();
