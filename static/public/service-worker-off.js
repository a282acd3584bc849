// The kill switch. Should a released worker ever be broken, serve this file's content at /service-worker.js (copy it
// over build/service-worker.js and restart). Browsers ask for that address past every cache when a page is opened,
// put this in place of the broken one, and from the next page on the app is loaded from the server alone. It removes
// the copies of the app and itself, and never touches IndexedDB: entries that have not been sent stay on the phone,
// and the page goes on sending them. It does not reload pages: each page registers the worker again, so that would
// never end.
self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.map((name) => caches.delete(name))))
      .then(() => self.registration.unregister())
  );
});
