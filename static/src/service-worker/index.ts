/// <reference types="@sveltejs/kit" />
// Only wires events: what happens is in the files beside this one. This file's address never changes, and no cache ever
// holds it, or a broken version could not be replaced.
import { self } from '$app/service-worker';
import { SYNC_TAG } from '#lib/sync/background.ts';
import { answer, dropOldCopies, keepCopy } from './copies.ts';
import { renew, show, tapped } from './pushing.ts';
import { sendWaiting } from './sending.ts';

interface SyncEvent extends ExtendableEvent {
  tag: string;
}

// No skipWaiting here: a new version waits until the person agrees (state/updates).
self.addEventListener('install', (event) => event.waitUntil(keepCopy()));

// The first visit is offline-ready without a reload; a later version gets here only after the person agreed.
self.addEventListener('activate', (event) => event.waitUntil(dropOldCopies().then(() => self.clients.claim())));

self.addEventListener('fetch', (event) => {
  const response = answer(event.request);
  if (response) event.respondWith(response);
});

self.addEventListener('message', (event) => {
  if (event.data === 'skip-waiting') void self.skipWaiting();
  // Refused before it is active, and then it takes all pages over anyway.
  if (event.data === 'claim') event.waitUntil(self.clients.claim().catch(() => undefined));
});

self.addEventListener('push', (event) => event.waitUntil(show(event.data)));

self.addEventListener('notificationclick', (event) => event.waitUntil(tapped(event.notification, event.action)));

self.addEventListener('pushsubscriptionchange', (event) => (event as ExtendableEvent).waitUntil(renew()));

// Chromium only, and not in the standard's types.
self.addEventListener('sync' as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
  const sync = event as unknown as SyncEvent;
  if (sync.tag === SYNC_TAG) sync.waitUntil(sendWaiting());
});
