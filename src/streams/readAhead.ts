type Fetched<Item> = { readonly item: Item } | { readonly error: unknown };

/**
 * The items of `source`, of which up to `capacity` are fetched before they are asked for: chunk n+1 is made while n
 * plays. A full store slows the source down. Leaving the iteration closes the source.
 *
 * @throws what the source throws, but only after the items that came before it
 */
export async function* readAhead<Item>(
  source: AsyncIterable<Item>,
  capacity: number,
): AsyncGenerator<Item, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  const fetched = new ReadableStream<Fetched<Item>>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next();
          if (next.done) controller.close();
          else controller.enqueue({ item: next.value });
        } catch (error) {
          // An errored stream forgets what it holds, so the error travels behind the items.
          controller.enqueue({ error });
          controller.close();
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: capacity },
  );
  for await (const next of fetched) {
    if ('error' in next) throw next.error;
    yield next.item;
  }
}
