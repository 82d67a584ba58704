/**
 * Calls `load` at the first use and keeps what it made; after a failure the next use tries again, as the owner may have
 * mended what was wrong.
 */
export function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
