/** A line of an exported file. */
export type Line = Readonly<Record<string, unknown>>;

/** What the page of a folder says of its lines. */
interface Folder {
  readonly title: string;
  readonly about: string;
  /** The heading of one line; lines without one are rows of a table. */
  readonly heading?: (line: Line) => string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Who sent an item, or what kind of item it is. */
const sender = (item: unknown): string => {
  const { role, type } = (item ?? {}) as Line;
  return text(role) || text(type);
};

const FOLDERS: Readonly<Record<string, Folder>> = {
  conversations: {
    title: 'Conversations',
    about: 'Conversations with their times and labels. What was said in them is in the items.',
    heading: ({ id }) => text(id),
  },
  threads: {
    title: 'Threads',
    about: 'Chains of responses, each of which continues the one before. What was said in them is in the items.',
    heading: ({ id }) => text(id),
  },
  items: {
    title: 'Items',
    about: 'What was said in each conversation and thread, in its order.',
    heading: ({ in: log, seq, item }) => `${text(log)}, ${seq}: ${sender(item)}`,
  },
  responses: {
    title: 'Responses',
    about: 'Responses that were stored, each with what was asked and what was answered.',
    heading: ({ id }) => text(id),
  },
  files: {
    title: 'Files',
    about: "Names of files, and where in this export their content is. The pages don't open it.",
    heading: ({ name, id }) => text(name) || text(id),
  },
  prompts: {
    title: 'Prompts',
    about: 'Names of prompts.',
    heading: ({ name, id }) => text(name) || text(id),
  },
  prompt_versions: {
    title: 'Versions of prompts',
    about: 'The content of each version of each prompt.',
    heading: ({ prompt, version }) => `${text(prompt)}, version ${version}`,
  },
  shares: {
    title: 'Shared prompts',
    about: 'Versions of prompts that were shared with a group, as they were then.',
    heading: ({ name, id }) => text(name) || text(id),
  },
  shared_files: {
    title: 'Files of shared prompts',
    about: 'The copies of files that were shared with a prompt, and where in this export their content is.',
    heading: ({ id }) => text(id),
  },
  api_keys: {
    title: 'API keys',
    about: 'API keys, without their secrets.',
    heading: ({ name, id }) => text(name) || text(id),
  },
  batches: {
    title: 'Batches',
    about: 'Batches of requests. Results of those that are over are in files.',
    heading: ({ id }) => text(id),
  },
  batch_results: {
    title: 'Results of batches',
    about: "Results of lines of batches that aren't over.",
    heading: ({ custom_id, id }) => text(custom_id) || text(id),
  },
  uploads: {
    title: 'Uploads',
    about: "Uploads that weren't completed.",
    heading: ({ name, id }) => text(name) || text(id),
  },
  upload_parts: {
    title: 'Parts of uploads',
    about: "Parts of uploads that weren't completed, and where in this export their content is.",
    heading: ({ part }) => text(part),
  },
  usage: { title: 'Usage', about: 'The tokens used on each day.' },
  records: { title: 'Records', about: 'IDs and times of the residency records of requests.' },
};

/** What a folder holds. One that isn't known here is shown by its name. */
export const folderOf = (name: string): Folder =>
  Object.hasOwn(FOLDERS, name) ? (FOLDERS[name] as Folder) : { title: name, about: '' };
