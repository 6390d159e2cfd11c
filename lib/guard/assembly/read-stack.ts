import { readFileSync } from 'node:fs';
import { texts } from '../template/expand';
import { isMap } from '../template/node';
import { type Json, parseTemplate } from '../template/parse';
import { section } from '../template/scope';
import { lastPart } from './asset-keys';
import { logicalIds, nestedPaths } from './construct-origins';
import type { TemplateInput, UnreadableInput } from './template-input';
import { whyUnreadable } from './why-unreadable';

/** The state of reading one assembly's stacks. */
export interface StackReader {
  readonly group: string;
  /** File by object key. */
  readonly assets: ReadonlyMap<string, string>;
  /** Keys of the nested templates read so far; every template in the group sees all of them. */
  readonly nestedTemplates: Set<string>;
  readonly templates: TemplateInput[];
  readonly unreadable: UnreadableInput[];
}

interface StackPlace {
  readonly stack: string;
  readonly deployRegion: string | undefined;
  readonly deployAccount: string | undefined;
  readonly metadata: () => Json;
  /**
   * Path below which the metadata lists its constructs.
   *
   * @default - all the metadata belongs to the stack
   */
  readonly below?: string;
  /**
   * The stack that nests it.
   *
   * @default - it isn't nested
   */
  readonly nestedIn?: TemplateInput['nestedIn'];
}

/** Nesting two stacks at each of twenty levels would make a million; no real assembly comes near this limit. */
const MAX_TEMPLATES = 5000;
/** Each level recurses, and reads the names of all levels around it. */
const MAX_LEVELS = 100;

/** Reads a stack's template and, below it, those of its nested stacks, which are deployed to the same Region. */
export function readStack(
  reader: StackReader,
  file: string,
  place: StackPlace,
  above: readonly string[] = [],
): boolean {
  if (reader.templates.length >= MAX_TEMPLATES) {
    const error = `the assembly nests more than ${MAX_TEMPLATES} templates`;
    if (reader.unreadable.every((other) => other.error !== error)) reader.unreadable.push({ file, error });
    return false;
  }
  let template: Json;
  try {
    if (above.length === MAX_LEVELS) throw new Error(`more than ${MAX_LEVELS} stacks nest one another`);
    if (above.includes(file)) throw new Error('its nested stacks form a cycle: it is nested in itself');
    template = parseTemplate(readFileSync(file, 'utf8'));
  } catch (error) {
    reader.unreadable.push({ file, error: whyUnreadable(error) });
    return false;
  }
  const { stack, deployRegion, deployAccount, metadata, below = '' } = place;
  const input: TemplateInput = {
    file,
    stack,
    template,
    deployRegion,
    ...(deployAccount !== undefined && { deployAccount }),
    group: reader.group,
    nestedTemplates: reader.nestedTemplates,
    origins: () => logicalIds(metadata(), below),
    ...(place.nestedIn && { nestedIn: place.nestedIn }),
  };
  reader.templates.push(input);
  const nested = nestedFiles(template, deployRegion, reader.assets);
  if (nested.length === 0) return true;
  const paths = nestedPaths(metadata(), below);
  for (const { logicalId, key, file: inner } of nested) {
    const path = paths.get(logicalId);
    const isRead = readStack(
      reader,
      inner,
      {
        stack: path ?? `${stack}/${logicalId}`,
        deployRegion,
        deployAccount,
        metadata,
        below: path ?? `${below}/${logicalId}`,
        nestedIn: { parent: input, logicalId },
      },
      [...above, file],
    );
    if (isRead) reader.nestedTemplates.add(key);
  }
  return true;
}

/** The nested stacks of a template whose `TemplateURL` ends in a key that the assembly itself uploads. */
function nestedFiles(template: Json, deployRegion: string | undefined, assets: ReadonlyMap<string, string>) {
  const scope = { template, deployRegion };
  return Object.entries(section(template, 'Resources')).flatMap(([logicalId, resource]) => {
    if (!isMap(resource) || resource.Type !== 'AWS::CloudFormation::Stack' || !isMap(resource.Properties)) return [];
    return texts(resource.Properties.TemplateURL, scope).flatMap((url) => {
      const key = lastPart(url);
      const file = assets.get(key);
      return file === undefined ? [] : [{ logicalId, key, file }];
    });
  });
}
