/**
 * Asks the browser not to clear this site by itself (Safari does after seven days without a visit, others when space is
 * short). `null` when the browser cannot say.
 */
export async function askToKeep(): Promise<boolean | null> {
  const storage = typeof navigator === 'undefined' ? undefined : navigator.storage;
  if (!storage?.persist) return null;
  try {
    return (await storage.persisted()) || (await storage.persist());
  } catch {
    return null;
  }
}
