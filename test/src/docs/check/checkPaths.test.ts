import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { configurationReference, REFERENCE_FILE } from '../../../../src/docs/reference/configurationReference.js';
import { foundIn } from '../../../fixtures/madeUpDocument.js';

suite('links', () => {
  test('lead to files and headings that exist', () => {
    const lines = [
      '# The `pressel` page',
      '[a](../README.md) [b](#the-pressel-page) [c](https://example.com/x) <img src="../assets/turns-pi5.svg">',
    ];
    assert.deepEqual(foundIn(lines), []);
  });

  test('to nowhere are found', () => {
    assert.deepEqual(foundIn(['', '[a](../RAEDME.md)']), ['2: there is no file RAEDME.md; did you mean "README.md"?']);
    assert.deepEqual(foundIn(['# Wiring', '[a](#wirings)']), [
      '2: docs/made-up.md has no heading #wirings; did you mean "wiring"?',
    ]);
    assert.equal(foundIn('<img src="../assets/none.svg">').length, 1);
  });
});

suite('paths in code', () => {
  test('of sources, programs and folders exist', () => {
    assert.deepEqual(
      foundIn('`src/config/schema.ts`, `machines/`, `deploy/*.service`, `node dist/src/cli/main.js run`'),
      [],
    );
  });

  test('that do not exist are found', () => {
    assert.deepEqual(foundIn('`src/config/shcema.ts`'), [
      '1: there is no file src/config/shcema.ts; did you mean "src/config/schema.ts"?',
    ]);
    assert.equal(foundIn(['    node dist/src/cli/man.js', '    sudo deploy/instal.sh']).length, 2);
  });
});

suite('variables of the environment', () => {
  test('are those that something reads', () => {
    assert.deepEqual(
      foundIn('`PRESSEL_SKILLS_MQTT_URL`, `PRESSEL_BOARD`, PRESSEL_MODELS, `PRESSEL_TEST_SCREENSHOTS`'),
      [],
    );
    assert.deepEqual(foundIn(['```sh', '', 'PRESSEL_LMM_MODEL=x pressel run', '```']), [
      '3: nothing reads PRESSEL_LMM_MODEL; did you mean "PRESSEL_LLM_MODEL"?',
    ]);
  });
});

suite('what is printed by a command', () => {
  test('stands in the document as it is printed', () => {
    const drawing = ['```mermaid', 'stateDiagram-v2', '  state "assistant" as assistant {', '  }', '```'];
    assert.deepEqual(foundIn(drawing), ['4: not the drawing that "npx pressel machine" prints: put that here']);
  });

  test('holds for the configuration reference', () => {
    const reference = configurationReference();
    assert.deepEqual(foundIn(reference, REFERENCE_FILE), []);
    const changed = reference.replace('So much silence ends the turn (fixed).', 'Silence.');
    assert.match(foundIn(changed, REFERENCE_FILE).join(), /^\d+: is not what the schema says: npm run docs:build$/);
  });
});
