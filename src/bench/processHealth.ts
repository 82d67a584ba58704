import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a process holds at some time. */
export interface ProcessHealth {
  /** Resident memory of this process (kB). */
  readonly rssKb: number;
  /** Resident memory of its children together: the sound drivers' processes (kB). */
  readonly childrenRssKb: number;
  readonly children: number;
  /** Memory outside of V8's heap that its objects hold (kB). */
  readonly externalKb: number;
  readonly threads: number;
  readonly fileDescriptors: number;
  /** What keeps the event loop alive: timers, pipes, sockets, requests. */
  readonly resources: number;
}

/** Looks at this process and its children, as Linux shows them. @throws where there is no /proc */
export function processHealth(): ProcessHealth {
  const children = childrenOf(process.pid);
  return {
    rssKb: statusNumber('self', 'VmRSS'),
    childrenRssKb: children.reduce((sum, pid) => sum + rssOf(pid), 0),
    children: children.length,
    externalKb: process.memoryUsage().external / 1024,
    threads: statusNumber('self', 'Threads'),
    fileDescriptors: readdirSync('/proc/self/fd').length,
    resources: process.getActiveResourcesInfo().length,
  };
}

/** How many there are of each kind of what keeps the event loop alive. */
export function resourceKinds(): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo().sort()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}

/** What is left on V8's heap once the garbage is collected (kB): grows only with a leak. Takes some 50 ms. */
export function liveHeapKb(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // The second one frees what finalizers of the first one have let go.
  collect();
  collect();
  return process.memoryUsage().heapUsed / 1024;
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  try {
    return statusNumber(String(pid), 'PPid');
  } catch {
    return undefined; // it has ended meanwhile
  }
}

function rssOf(pid: number): number {
  try {
    return statusNumber(String(pid), 'VmRSS');
  } catch {
    return 0;
  }
}

function statusNumber(pid: string, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0);
}
