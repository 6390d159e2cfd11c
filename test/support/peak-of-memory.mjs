import { readFileSync } from 'node:fs';

/** The peak of this process in bytes. Linux counts the parent's memory at the fork in `maxRSS`, but not in `VmHWM`. */
export function peakOfMemory() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1_024;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1_024;
}
