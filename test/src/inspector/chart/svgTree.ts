/** An element of an SVG document, as far as our own drawings have them: no comments, no namespaces, no entities but four. */
export interface SvgElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly SvgElement[];
  readonly text: string;
}

/** @throws {Error} where tags do not match or something else stands between them */
export function parseSvg(source: string): SvgElement {
  let at = 0;
  const fail = (): never => {
    throw new Error(`not well-formed at ${at}: ${source.slice(at, at + 60)}`);
  };
  const element = (): SvgElement => {
    const open = /<([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/y;
    open.lastIndex = at;
    const [tag, name = '', pairs = '', isEmpty] = open.exec(source) ?? fail();
    at += tag.length;
    const attributes = Object.fromEntries(
      [...pairs.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, unescaped(value)]),
    );
    const children: SvgElement[] = [];
    let text = '';
    while (isEmpty !== '/') {
      const next = source.indexOf('<', at);
      if (next < 0) fail();
      text += unescaped(source.slice(at, next));
      at = next;
      if (source.startsWith(`</${name}>`, at)) {
        at += name.length + 3;
        break;
      }
      children.push(element());
    }
    return { name, attributes, children, text: text.trim() };
  };
  const root = element();
  if (source.slice(at).trim() !== '') fail();
  return root;
}

export function* elementsOf(element: SvgElement): Generator<SvgElement> {
  yield element;
  for (const child of element.children) yield* elementsOf(child);
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
