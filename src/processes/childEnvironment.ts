type Environment = Readonly<Record<string, string | undefined>>;

/** What a program needs to find others, its files, the language and the sound server, and nothing that may be a secret. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'XDG_RUNTIME_DIR'];

const USUAL_PATH = '/usr/local/bin:/usr/bin:/bin';

/** The environment of a program that the owner configured: little of ours, and what the owner gives it. */
export function childEnvironment(env: Environment, given: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const inherited = INHERITED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return { PATH: USUAL_PATH, ...Object.fromEntries(inherited), ...given };
}
