/** Something that a document says and the product does not bear out. */
export interface Finding {
  /** From the root of the checkout, or the command whose help it is. */
  readonly file: string;
  readonly line: number;
  /** What is wrong, with the nearest name that exists. */
  readonly what: string;
}

/** `README.md:12: there is no command "pressel aks"; did you mean "ask"?` */
export function findingLine({ file, line, what }: Finding): string {
  return `${file}:${line}: ${what}`;
}

/** In the order of the files and lines, each once. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const unique = new Map(findings.map((finding) => [findingLine(finding), finding]));
  return [...unique.values()].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}
