// Runs before the first paint, so that a dark room never sees a white flash. A file of its own because the page's CSP allows no inline script.
try {
  const choice = localStorage.getItem('netronome.theme');
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
} catch {
  document.documentElement.dataset.theme = 'dark';
}
