/// <reference types="@sveltejs/kit" />
import { immutable, assets } from '$app/manifest';
import { version } from '$app/env';
import { self } from '$app/service-worker';
self.addEventListener('install', () => { console.log(immutable.length, assets.length, version); });
