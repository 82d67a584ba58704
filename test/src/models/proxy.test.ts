import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ProxyError, proxyFor, shownProxy } from '../../../src/models/proxy.js';

const BOTH = { HTTPS_PROXY: 'http://safe:3128', HTTP_PROXY: 'http://plain:3128' };

function chosen(address: string, env: Record<string, string>): string | undefined {
  return proxyFor(new URL(address), env)?.url.host;
}

suite('the proxy for an address', () => {
  const table: readonly (readonly [what: string, address: string, env: Record<string, string>, proxy?: string])[] = [
    ['is none where none is named', 'https://a.example/', {}],
    ['is that of its scheme', 'https://a.example/', BOTH, 'safe:3128'],
    ['is another for what is not encrypted', 'http://a.example/', BOTH, 'plain:3128'],
    ['is the one in lower case first', 'https://a.example/', { ...BOTH, https_proxy: 'http://low:1' }, 'low:1'],
    ['is the one for all where its scheme has none', 'https://a.example/', { ALL_PROXY: 'http://all:1' }, 'all:1'],
    ['needs no scheme', 'https://a.example/', { HTTPS_PROXY: 'safe:3128' }, 'safe:3128'],
    ['is none where it is empty', 'https://a.example/', { HTTPS_PROXY: ' ' }],
    ['is none on this computer', 'http://127.0.0.1:8000/', BOTH],
    ['is none for localhost', 'https://localhost/', BOTH],
    ['is none for an excepted name', 'https://a.example/', { ...BOTH, NO_PROXY: 'b.example, a.example' }],
    ['is none below an excepted name', 'https://x.a.example/', { ...BOTH, no_proxy: '.a.example' }],
    [
      'is there for a name that only ends alike',
      'https://xa.example/',
      { ...BOTH, NO_PROXY: 'a.example' },
      'safe:3128',
    ],
    ['is none for an excepted port', 'https://a.example:8443/', { ...BOTH, NO_PROXY: 'a.example:8443' }],
    ['is there for another port', 'https://a.example/', { ...BOTH, NO_PROXY: 'a.example:8443' }, 'safe:3128'],
    ['is none in an excepted network', 'http://192.168.1.9/', { ...BOTH, NO_PROXY: '192.168.0.0/16' }],
    ['is there outside of it', 'http://192.169.1.9/', { ...BOTH, NO_PROXY: '192.168.0.0/16' }, 'plain:3128'],
    ['is none at all with a star', 'https://a.example/', { ...BOTH, NO_PROXY: '*' }],
  ];
  for (const [what, address, env, proxy] of table) {
    test(what, () => assert.equal(chosen(address, env), proxy));
  }

  for (const proxy of ['socks5://a.example:1080', 'http://', 'http://a:b:c']) {
    test(`cannot be ${proxy}, and the message names the variable`, () => {
      const expected = { name: 'ProxyError', message: /^HTTPS_PROXY does not name a proxy.*http:\/\/HOST:PORT/ };
      assert.throws(() => chosen('https://b.example/', { HTTPS_PROXY: proxy }), expected);
    });
  }

  test('is shown without its password', () => {
    const proxy = proxyFor(new URL('https://b.example'), { HTTPS_PROXY: 'http://me:secret@safe:3128' });
    assert.ok(proxy && !(proxy instanceof ProxyError));
    assert.equal(shownProxy(proxy), 'http://safe:3128 (HTTPS_PROXY)');
  });
});
