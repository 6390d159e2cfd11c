import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, type Node } from 'yaml';
import { isPlanStart } from '../assembly/plan-text';
import { fingerprintOf, keyOf } from '../declarations/fingerprint';
import type { Finding } from '../finding';
import { boundedDocument, MOST_LEVELS } from '../template/nesting';
import { fileOf } from './report';

/** The line that a format points to. */
export interface Spot {
  /** Relative to the working folder, with `/` between its parts. */
  readonly file: string;
  /** None if only the file is known. */
  readonly line?: number;
  readonly column?: number;
}

/** Finds the line of each finding: that of the construct in the app's code, otherwise that of the resource in its template. */
export class Spots {
  private readonly templates = new Map<string, Template | undefined>();

  public of(finding: Finding): Spot {
    const [, file, line, column] = /^(.*?):(\d+)(?::(\d+))?$/.exec(finding.source ?? '') ?? [];
    if (file !== undefined) {
      return { file: relative(file), line: Number(line), ...(column !== undefined && { column: Number(column) }) };
    }
    const template = fileOf(finding);
    return { file: relative(template), ...this.inTemplate(template, finding) };
  }

  private inTemplate(file: string, { logicalId, path: pointer = '' }: Finding): Omit<Spot, 'file'> {
    if (file === '-') return {};
    if (!this.templates.has(file)) this.templates.set(file, read(file));
    const template = this.templates.get(file);
    if (template === undefined) return {};
    const steps = pointer
      .split('/')
      .slice(1)
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    return template(logicalId === undefined ? steps : ['Resources', logicalId, ...steps]);
  }
}

/** A finding has the same fingerprint in every run; each of several identical findings has its own. */
export class Fingerprints {
  private readonly seen = new Map<string, number>();

  public of(finding: Finding): string {
    const key = keyOf(fingerprintOf(finding));
    const count = (this.seen.get(key) ?? 0) + 1;
    this.seen.set(key, count);
    return createHash('sha256').update(`${key}#${count}`).digest('hex').slice(0, 32);
  }
}

type Template = (steps: readonly string[]) => Omit<Spot, 'file'>;

function read(file: string): Template | undefined {
  try {
    const text = readFileSync(file);
    // Terraform writes a plan in one line, and parsing it would take minutes.
    if (isPlanStart(text)) return undefined;
    const lines = new LineCounter();
    const document = boundedDocument(text.toString(), MOST_LEVELS, {
      lineCounter: lines,
      logLevel: 'silent',
      uniqueKeys: false,
    });
    return (steps) => {
      const { line, col } = lines.linePos(offsetOf(document.contents, steps));
      return { line, column: col };
    };
  } catch {
    // The finding is reported without its line.
    return undefined;
  }
}

/** The offset of the last part of a path that the text has: short forms of functions have one part less than long ones. */
function offsetOf(root: Node | null, steps: readonly string[]): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (pair === undefined) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function relative(file: string): string {
  if (file === '-') return 'stdin';
  const below = path.isAbsolute(file) ? path.relative(process.cwd(), file) : path.normalize(file);
  return below.replaceAll(path.sep, '/');
}
