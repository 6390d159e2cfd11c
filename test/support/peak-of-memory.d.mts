/** The peak of this process in bytes. */
export function peakOfMemory(): number;
