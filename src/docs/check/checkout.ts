import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { didYouMean } from '../../config/nearestName.js';

/** Folders in which a name may be read from the environment. */
const SOURCES = ['src', 'hardware', 'deploy', 'test'];

/** The checkout that the documents are about, read once. */
export class Checkout {
  readonly #root: string;
  readonly #texts = new Map<string, string>();
  #scripts: Readonly<Record<string, string>> | undefined;
  #sources: string | undefined;

  constructor(root: string) {
    this.#root = root;
  }

  has(file: string): boolean {
    return existsSync(path.join(this.#root, file));
  }

  isFile(file: string): boolean {
    return statSync(path.join(this.#root, file), { throwIfNoEntry: false })?.isFile() ?? false;
  }

  read(file: string): string {
    const text = this.#texts.get(file) ?? readFileSync(path.join(this.#root, file), 'utf8');
    this.#texts.set(file, text);
    return text;
  }

  /** Names in a folder; none where there is no such folder. */
  names(folder: string): string[] {
    return this.has(folder) ? readdirSync(path.join(this.#root, folder)).sort() : [];
  }

  /** Every file in a folder and in those within it. */
  files(folder: string): string[] {
    const entries = readdirSync(path.join(this.#root, folder), { withFileTypes: true });
    return entries.flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? this.files(file) : entry.isFile() ? [file] : [];
    });
  }

  /** The scripts of `package.json` by name. */
  scripts(): Readonly<Record<string, string>> {
    this.#scripts ??= (JSON.parse(this.read('package.json')) as { scripts: Readonly<Record<string, string>> }).scripts;
    return this.#scripts;
  }

  /** `; did you mean "src/config/schema.ts"?`, by the names that there are in the last folder that exists. */
  nearestFile(file: string): string {
    const folder = path.dirname(file);
    const siblings = this.names(folder).map((name) => path.join(folder, name));
    return folder === '.' || this.has(folder) ? didYouMean(file, siblings) : this.nearestFile(folder);
  }

  /** Whether a program, a script or a test reads this variable; to name it is not enough. */
  readsVariable(name: string): boolean {
    this.#sources ??= SOURCES.flatMap((folder) => this.files(folder))
      .filter((file) => /\.(ts|sh)$|\/pressel$/.test(file))
      .map((file) => this.read(file))
      .join('\n');
    return new RegExp(`\\benv\\[['"]${name}['"]\\]|\\benv\\.${name}\\b|\\$\\{?${name}\\b`).test(this.#sources);
  }
}
