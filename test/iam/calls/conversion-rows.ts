import { branchKeyReads } from './branch-key-rows';
import { anyPartition, arnIn, bucketIn, type Row } from './row';
import { INTERFACES, LOG } from './shared-rows';

const FILE = 'content/*/file-*';
const WRITTEN = [`${FILE}/text`, `${FILE}/report`];

/** The function that converts office files to text. */
export const CONVERSION: readonly Row[] = [
  LOG,
  ...INTERFACES,
  ...branchKeyReads(''),
  {
    by: 'conversion/converter.ts',
    commands: ['GetItem', 'UpdateItem'],
    on: arnIn('CONVERSIONS_TABLE_ARN'),
    context: anyPartition('ada'),
  },
  { by: 'workspace/store/objects.ts', commands: ['GetObject'], on: bucketIn('FILES_BUCKET', `${FILE}/*`) },
  {
    by: 'workspace/store/objects.ts',
    commands: ['PutObject', 'DeleteObject'],
    on: bucketIn('FILES_BUCKET', ...WRITTEN),
  },
  // An object that expires is stored with a tag.
  {
    by: 'workspace/store/objects.ts',
    commands: ['PutObject: PutObjectTagging'],
    on: bucketIn('FILES_BUCKET', ...WRITTEN),
  },
  {
    by: 'Lambda',
    commands: ['DescribeStream', 'GetRecords', 'GetShardIterator'],
    byLambda: true,
    on: (target) => arnIn('CONVERSIONS_TABLE_ARN')(target).map((table) => `${table}/stream/label`),
  },
  {
    by: 'Lambda',
    commands: ['ListStreams'],
    byLambda: true,
    // The action has no resource.
    on: ({ fn }) => [`arn:${fn.partition}:dynamodb:${fn.region}:${fn.account}:*`],
  },
];
