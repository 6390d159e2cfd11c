/** What the name of a file of CloudTrail says. */
export interface TrailFile {
  readonly account: string;
  readonly region: string;
}

const LOG = /^AWSLogs\/(?:o-\w+\/)?(\d{12})\/CloudTrail\/([a-z0-9-]+)\/\d{4}\/\d\d\/\d\d\/[\w.-]+\.json\.gz$/;
const DIGEST = /^AWSLogs\/(?:o-\w+\/)?(\d{12})\/CloudTrail-Digest\/([a-z0-9-]+)\/\d{4}\/\d\d\/\d\d\/[\w.-]+\.json\.gz$/;

const parts = (form: RegExp, file: string): TrailFile | undefined => {
  const [, account, region] = form.exec(file) ?? [];
  return account === undefined || region === undefined ? undefined : { account, region };
};

/** A file of events; undefined for another file. */
export const logFileOf = (file: string): TrailFile | undefined => parts(LOG, file);

/** A digest, which names the files of events of an hour with their hashes; undefined for another file. */
export const digestFileOf = (file: string): TrailFile | undefined => parts(DIGEST, file);

/** Whether a digest names files that were delivered too late for that of their hour. */
export const isBackfill = (file: string): boolean => file.endsWith('_backfill.json.gz');

/** The trail of a digest: its name without the time, so that two trails of a Region are two chains. */
export const chainOf = (file: string): string =>
  `${file
    .split('/')
    .at(-1)
    ?.replace(/_\d{8}T\d{6}Z(?:_backfill)?\.json\.gz$/, '')}${isBackfill(file) ? ' (backfill)' : ''}`;

/** The account, the name and the home Region of a digest's trail, which a digest has in its name after its own Region. */
export const trailOf = (file: string): string => {
  const [, account, trail] = /\/(\d{12})_CloudTrail-Digest_[a-z0-9-]+_([^/]*)_\d{8}T\d{6}Z[^/]*$/.exec(file) ?? [];
  return `${account}/${trail}`;
};
