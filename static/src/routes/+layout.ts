// One shell page for every address: the data lives on the phone, so there is nothing to render on a server.
export const ssr = false;
export const prerender = false;
