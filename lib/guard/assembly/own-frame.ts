import path from 'node:path';

/** The first line of a stack trace outside libraries, relative to the working folder: `lib/chat.ts:12:5`. */
export function ownFrame(trace: readonly string[]): string | undefined {
  for (const line of trace) {
    const [, file, position] = /\(?((?:\/|[A-Za-z]:\\|file:)[^()]*?):(\d+:\d+)\)?$/.exec(line) ?? [];
    if (file === undefined || /[\\/]node_modules[\\/]/.test(file)) continue;
    return `${path.relative(process.cwd(), file.replace(/^file:\/\//, ''))}:${position}`;
  }
  return undefined;
}
