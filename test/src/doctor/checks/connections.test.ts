import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { brokerCheck, homeAssistantCheck } from '../../../../src/doctor/checks/connections.js';
import { fakeComputer } from '../../../fixtures/fakeComputer.js';

const { signal } = new AbortController();
const HOME = 'http://homeassistant.local:8123';

suite('the check of the MQTT broker', () => {
  test('is skipped where none is wanted, and well where it takes us in', async () => {
    const never = () => Promise.reject(new Error('nobody may be asked'));
    assert.equal((await brokerCheck(undefined, never).run(signal)).verdict, 'skipped');
    assert.equal((await brokerCheck('mqtt://h', async () => undefined).run(signal)).verdict, 'ok');
  });

  test('says what is wrong apart from what helps', async () => {
    const message = 'No MQTT broker can be reached at mqtt://h:1883 (ECONNREFUSED): start it there. It is tried again.';
    const finding = await brokerCheck('mqtt://h:1883', async () => ({ reason: 'unreachable', message })).run(signal);
    assert.deepEqual(finding, {
      verdict: 'degraded',
      reason: 'No MQTT broker can be reached at mqtt://h:1883 (ECONNREFUSED)',
      remedy: 'start it there.',
    });
  });

  test('breaks nothing where the file of its password cannot be read', async () => {
    const finding = await brokerCheck('mqtt://h', () => {
      throw new Error('/e/password cannot be read (EACCES): see that this user may read it');
    }).run(signal);
    assert.deepEqual(finding, {
      verdict: 'degraded',
      reason: '/e/password cannot be read (EACCES)',
      remedy: 'see that this user may read it',
    });
  });
});

suite('the check of Home Assistant', () => {
  const check = (answer: object | undefined, token: () => string | undefined = () => 'secret') => {
    const computer = fakeComputer({ answers: answer === undefined ? {} : { [`${HOME}/api/`]: answer } });
    return homeAssistantCheck(computer, { url: HOME, token }).run(signal);
  };

  test('shows it the token', async () => {
    const computer = fakeComputer({ answers: { [`${HOME}/api/`]: { message: 'API running.' } } });
    const { verdict } = await homeAssistantCheck(computer, { url: `${HOME}/`, token: () => 'secret' }).run(signal);
    assert.equal(verdict, 'ok');
    assert.deepEqual(computer.asked, [`${HOME}/api/ {"authorization":"Bearer secret"}`]);
  });

  test('tells a wrong token, another server, and none from each other, and never the token', async () => {
    const unreadable = () => {
      throw new Error('/e/token cannot be read (EACCES): see that this user may read it');
    };
    const cases = [
      [await check({ status: 401, body: '' }), /does not take the access token/, /profile\/security/],
      [await check({ status: 404, body: '' }), /not Home Assistant/, /skills\.home_assistant\.url/],
      [await check({ status: 200, body: '<html>router</html>' }), /not Home Assistant/, /skills\.home_assistant\.url/],
      [await check({ ok: true }), /not Home Assistant/, /skills\.home_assistant\.url/],
      [await check(undefined), /cannot be reached at .*ECONNREFUSED/, /curl -sI/],
      [await check({}, () => undefined), /no access token/, /token_file/],
      [await check({}, unreadable), /\/e\/token cannot be read/, /may read it/],
    ] as const;
    for (const [finding, reason, remedy] of cases) {
      assert.equal(finding.verdict, 'degraded');
      assert.match(finding.reason, reason);
      assert.match(finding.remedy ?? '', remedy);
      assert.doesNotMatch(JSON.stringify(finding), /secret/);
    }
  });

  test('is skipped where there is none', async () => {
    const computer = fakeComputer();
    assert.equal((await homeAssistantCheck(computer, { url: '', token: () => 'x' }).run(signal)).verdict, 'skipped');
    assert.deepEqual(computer.asked, []);
  });
});
