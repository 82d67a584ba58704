import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fetchModelsOf } from '../../../src/cli/fetchModelsOf.js';
import type { CommandEnd } from '../../../src/processes/runCommand.js';

const UNIT =
  '[Service]\nType=oneshot\nExecStart=/opt/pressel/current/deploy/pressel models fetch\nRestart=on-failure\nUser=pressel\nProtectSystem=strict\n';
const done = (stdout = ''): CommandEnd => ({ ended: 'exited', status: 0, stdout, stderr: '' });

async function fetched(answer: (argv: readonly string[]) => CommandEnd) {
  const asked: (readonly string[])[] = [];
  const told: string[] = [];
  const fetchModels = fetchModelsOf(
    async (argv) => {
      asked.push(argv);
      return answer(argv);
    },
    (text) => told.push(text),
  );
  await fetchModels('/opt/pressel/versions/0.3.0', new AbortController().signal);
  return { asked, told };
}

suite('the models of a version that is not in use yet', () => {
  test('are fetched by that version, in the sandbox of the unit that fetches them', async () => {
    const { asked } = await fetched((argv) => done(argv[0] === 'systemctl' ? UNIT : ''));
    const line = asked[1] ?? [];
    assert.equal(line[0], 'systemd-run');
    assert.ok(line.includes('--property=User=pressel') && line.includes('--property=ProtectSystem=strict'));
    assert.ok(!line.some((word) => /Restart=|Type=oneshot/.test(word)));
    assert.deepEqual(line.slice(line.indexOf('--') + 1), [
      '/opt/pressel/versions/0.3.0/deploy/pressel',
      'models',
      'fetch',
    ]);
  });

  test("are nobody's business where no such unit is installed", async () => {
    const { asked, told } = await fetched(() => ({ ended: 'exited', status: 1, stdout: '', stderr: 'No files found' }));
    assert.equal(asked.length, 1);
    assert.deepEqual(told, []);
  });

  test('may be out of reach: the owner is told why, and the update goes on', async () => {
    const { told } = await fetched((argv) =>
      argv[0] === 'systemctl'
        ? done(UNIT)
        : { ended: 'exited', status: 1, stdout: '', stderr: 'moonshine\npressel: no Internet\n' },
    );
    assert.match(told.at(-1) ?? '', /could not be fetched: pressel: no Internet\./);
  });

  test('and where nothing was said, with which status it ended', async () => {
    const { told } = await fetched((argv) =>
      argv[0] === 'systemctl' ? done(UNIT) : { ended: 'exited', status: 217, stdout: '', stderr: '' },
    );
    assert.match(told.at(-1) ?? '', /could not be fetched: exit status 217\./);
  });
});
