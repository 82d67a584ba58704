/** Whether two items are one thing to buy or to do: "some eggs" and "egg". */
export function isSameItem(one: string, other: string): boolean {
  return keyOf(one) === keyOf(other);
}

/** Without what may be said or not: articles and the plural of the last word. */
function keyOf(item: string): string {
  return item
    .trim()
    .toLowerCase()
    .replace(/^(?:some|the|a|an|my|our) /, '')
    .replace(/(?<=\w{3})(?:(?<=[sxzo])es|(?<!s)s)$/, '');
}
