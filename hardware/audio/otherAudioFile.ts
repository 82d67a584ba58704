/**
 * What a file that is not a WAV file is, from its first bytes, in words for the owner; undefined when unknown.
 * Signatures: RFC 9639 (FLAC), RFC 3533 (Ogg), id3.org (ID3v2), ISO 11172-3 (MP3 frames), ISO 14496-12 (ftyp),
 * RFC 8794 (EBML), Apple's AIFF and CAF specifications.
 */
export function otherFileKind(head: Buffer): string | undefined {
  const first4 = head.toString('latin1', 0, 4);
  if (first4 === 'fLaC') return 'a FLAC file';
  if (first4 === 'OggS') return 'an Ogg (Vorbis or Opus) file';
  if (first4 === 'FORM') return 'an AIFF file';
  if (first4 === 'caff') return 'a Core Audio file';
  if (first4 === 'RIFX') return 'a big-endian WAV file';
  if (first4 === 'RIFF') return 'a RIFF file of another kind, such as a video';
  if (first4 === '.snd') return 'an AU file';
  if (head.toString('latin1', 4, 8) === 'ftyp') return 'an MP4 or M4A file';
  if (head.toString('hex', 0, 4) === '1a45dfa3') return 'a WebM or Matroska file';
  if (head.toString('latin1', 0, 3) === 'ID3' || isMp3Frame(head)) return 'an MP3 file';
  return isText(head) ? 'a text file' : undefined;
}

function isMp3Frame(head: Buffer): boolean {
  const [a = 0, b = 0, c = 0] = head;
  const versionIsValid = (b & 0x18) !== 0x08;
  return a === 0xff && (b & 0xe0) === 0xe0 && versionIsValid && (b & 0x06) !== 0 && (c & 0xf0) !== 0xf0;
}

function isText(head: Buffer): boolean {
  return head.length > 0 && head.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
