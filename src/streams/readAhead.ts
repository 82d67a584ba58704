type Fetched<Item> = { readonly item: Item } | { readonly error: unknown };

/**
 * The items of `source`, of which up to `capacity` are fetched before they are asked for: chunk n+1 is made while n
 * plays. A full store slows the source down. Leaving the iteration closes the source; an item under way is not waited
 * for (a stalled source would never let go), so whoever leaves aborts what makes it.
 *
 * @throws what the source throws, but only after the items that came before it
 */
export async function* readAhead<Item>(
  source: AsyncIterable<Item>,
  capacity: number,
): AsyncGenerator<Item, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  let underWay = false;
  const fetched = new ReadableStream<Fetched<Item>>(
    {
      async pull(controller) {
        underWay = true;
        const next = await fetchNext(iterator);
        underWay = false;
        if (next !== undefined) controller.enqueue(next);
        // An errored stream forgets what it holds, so an error travels behind the items.
        if (next === undefined || 'error' in next) controller.close();
      },
      async cancel() {
        const closed = Promise.resolve(iterator.return?.());
        if (underWay) closed.catch(() => {});
        else await closed;
      },
    },
    { highWaterMark: capacity },
  );
  for await (const next of fetched) {
    if ('error' in next) throw next.error;
    yield next.item;
  }
}

/** The next item, or the error in its place; undefined when the source has ended. */
async function fetchNext<Item>(iterator: AsyncIterator<Item>): Promise<Fetched<Item> | undefined> {
  try {
    const next = await iterator.next();
    return next.done ? undefined : { item: next.value };
  } catch (error) {
    return { error };
  }
}
