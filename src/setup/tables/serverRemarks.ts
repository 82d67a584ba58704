/** Versions of the model server that are known to be trouble, with what to do; undefined: none that is known. */
export function serverRemark(version: string, arch: string): string | undefined {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  const isBefore = (...than: number[]) => {
    for (const [index, least] of than.entries()) {
      const part = parts[index] ?? 0;
      if (part !== least) return part < least;
    }
    return false;
  };
  if (parts.some(Number.isNaN)) return undefined;
  // Streamed replies with tools came with 0.8, "think" with 0.9 (its release notes).
  if (isBefore(0, 9))
    return `Ollama ${version} is old: replies with tools are not streamed. Update it as it was installed:`;
  // ollama/ollama issue 13819: from 26 to 2.6 tokens/s on a Pi 5.
  if (arch === 'arm64' && version.startsWith('0.14.3')) {
    return `Ollama ${version} is known to be ten times slower on a Raspberry Pi. Update it as it was installed:`;
  }
  return undefined;
}

/** How Ollama is installed and updated, as its own site says. Never run by us: it is the owner's computer. */
export const INSTALL_OLLAMA = 'curl -fsSL https://ollama.com/install.sh | sh';
