import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { codeBlocksOf, codeSpansOf } from '../../../../src/docs/check/document.js';
import { readMarkdown } from '../../../../src/docs/check/markdownDocument.js';

const TEXT = `# Head \`a\`

- an item with \`b
  c\` over two lines
  - and one within, [a link](x.md#y)

        indented \`not a span\`

1. \`\`\`sh

   fenced
   \`\`\`

| \`d\` | e |
|---|---|
| 1 | \`f\` |

> said \`g\`, and \`b\` again

    plain block
`;

suite('a Markdown document', () => {
  const document = readMarkdown('made-up.md', TEXT);

  test('tells on which line each piece of code stands', () => {
    const lines = TEXT.split('\n');
    for (const { text, line } of codeSpansOf(document)) {
      assert.ok(lines[line - 1]?.includes(`\`${text.split(' ')[0]}`), `${text} on line ${line}`);
    }
    assert.deepEqual(
      codeSpansOf(document).map(({ text, line }) => `${text}:${line}`),
      ['a:1', 'b c:3', 'd:14', 'f:16', 'g:18', 'b:18'],
    );
  });

  test('tells where blocks of code begin, fenced or not', () => {
    const [within, plain] = codeBlocksOf(document, '');
    assert.deepEqual([within?.line, plain?.line], [7, 20]);
    const [fenced] = codeBlocksOf(document, 'sh');
    assert.deepEqual([fenced?.text, fenced?.line], ['\nfenced', 10]);
  });

  test('tells where links lead', () => {
    assert.deepEqual(document.links, [{ target: 'x.md#y', line: 5 }]);
  });

  test('names headings as GitHub does', () => {
    const { blocks } = readMarkdown('x', '# `[skills.mqtt]`: a, b!\n# Home-made things\n# Home-made things\n');
    const anchors = blocks.flatMap((block) => (block.kind === 'heading' ? [block.anchor] : []));
    assert.deepEqual(anchors, ['skillsmqtt-a-b', 'home-made-things', 'home-made-things-1']);
  });
});
