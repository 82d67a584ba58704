/** A file system, and where it is seen. */
export interface Mount {
  /** "/dev/mmcblk0p2". */
  readonly device: string;
  readonly folder: string;
  readonly isReadOnly: boolean;
}

/** The file system that holds a file. @param mounts the text of /proc/mounts (proc(5)) */
export function mountOf(file: string, mounts: string): Mount | undefined {
  return mounts
    .split('\n')
    .flatMap((line) => {
      const [device, folder, , options] = line.split(' ');
      if (device === undefined || folder === undefined || options === undefined) return [];
      const holds = folder === '/' || file === folder || file.startsWith(`${folder}/`);
      return holds ? [{ device, folder, isReadOnly: options.split(',').includes('ro') }] : [];
    })
    .reduce<Mount | undefined>((deepest, mount) => {
      return deepest === undefined || mount.folder.length >= deepest.folder.length ? mount : deepest;
    }, undefined);
}
