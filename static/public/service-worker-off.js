// The kill switch. Should a released worker ever be broken, serve this file's content at /service-worker.js (copy it
// over build/service-worker.js). Browsers ask for that address past every cache, install this in place of the broken
// one, and the app is then loaded from the server alone. It removes the copies of the app and itself, and never
// touches IndexedDB: entries that have not been sent stay on the phone, and the page goes on sending them.
self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.map((name) => caches.delete(name))))
      .then(() => self.registration.unregister())
      .then(() => self.clients.matchAll({ type: 'window' }))
      .then((windows) => Promise.all(windows.map((window) => window.navigate(window.url))))
  );
});
