import { z } from 'zod';
import { LOGICAL_ID } from '../../guard/declarations/logical-id';
import { boundarySchema } from './boundary-schema';
import { day, line, list, text } from './fields';

const glob = (what: string) =>
  line(`${what}, such as Prod/Chat (* matches any text between two slashes, ** any number of parts)`, 400);
const typeAllowed = 'a type such as AWS::CloudFront::Distribution, or aws_cloudfront_distribution of a plan';
const type = () =>
  text(typeAllowed, /^(?:[A-Za-z0-9]+(?:::[A-Za-z0-9_@-]+)+|[a-z][a-z0-9-]*_[a-z0-9_]+)$/).max(200, typeAllowed);

const exception = z
  .strictObject(
    {
      rule: text(
        "the id of a rule, as each finding shows it, such as 'edge-type'",
        /^[a-z0-9]+(-[a-z0-9]+)*$/,
      ).describe('Id of the rule, as each finding and `eu-residency explain` show it.'),
      stack: glob('the path of a stack')
        .optional()
        .describe('Path of the stack, including its Stages; a glob. Either `stack` or `file` is required.'),
      file: glob('the path of a template')
        .optional()
        .describe('Path of the template file, relative to the folder in which the command runs; a glob.'),
      logicalId: text('a logical id, such as Distribution830FAC52, or an address of a plan', LOGICAL_ID)
        .optional()
        .describe('Logical id of the resource, or its address in a plan. Required for a custom resource.'),
      type: type().optional().describe('Type of the resource.'),
      property: text('a JSON pointer such as /Properties/Replicas/*/Region', /^\/\S*$/)
        .optional()
        .describe('JSON pointer within the resource, as the finding shows it; a glob.'),
      value: line('a value as the finding shows it', 400)
        .optional()
        .describe('The value, exactly as the finding shows it.'),
      types: list(
        type().describe('A resource type.'),
        'a list of types, such as [AWS::CertificateManager::Certificate]',
      )
        .meta({ uniqueItems: true })
        .optional()
        .describe(
          'With the rule `stack-region`, for a whole stack outside the boundary: the only types that it may contain.',
        ),
      reason: line('a reason', 1000).describe('The reason for the exception. Every output repeats it.'),
      approver: line('the approver').describe('The person or body that approved it.'),
      expires: day().describe('Expiry date: the last day on which it applies. Afterwards it is itself a finding.'),
    },
    "a mapping with 'rule', 'stack' or 'file', 'reason', 'approver' and 'expires'",
  )
  .describe('A permitted violation of a rule.');

const countryAllowed = "a country's two-letter code in upper case, such as DE";
const place = z
  .strictObject(
    {
      host: line('a host such as api.example.de or *.example.de (* matches one label, ** several)', 253)
        .optional()
        .describe('A host outside AWS; `*` matches one label, `**` several.'),
      bucket: text('the name of a bucket (* matches any text)', /^[a-z0-9*][a-z0-9.*-]*$/)
        .optional()
        .describe('An S3 bucket that no template of the app creates; `*` matches any text.'),
      type: text(
        'a third-party type such as Datadog::*, or azurerm_* of a plan',
        /^(?:[A-Za-z0-9]+::[A-Za-z0-9:*_-]+|[a-z][a-z0-9-]*_[a-z0-9_*]+)$/,
      )
        .optional()
        .describe(
          'A resource type that passes data to third parties; `*` matches any text, but is not allowed in an AWS type. Never `Custom::`.',
        ),
      country: text(countryAllowed, /^[A-Z]{2}$/).describe(
        'Country in which it stores and processes data: ISO 3166-1 alpha-2.',
      ),
      reason: line('the source of this information', 1000).describe('The source of this information.'),
    },
    "a mapping with one of 'host', 'bucket' and 'type', and with 'country' and 'reason'",
  )
  .describe('A place that you know and the facts do not. Exactly one of `host`, `bucket` and `type`.');

const stackBoundary = z
  .strictObject(
    {
      stack: glob('the path of a stack, a Stage or a template').describe(
        'Path of a stack, of a Stage (with everything in it) or of a template file; a glob.',
      ),
      boundary: boundarySchema.describe('The boundary for that path, in the same form as the top-level `boundary`.'),
    },
    "a mapping with 'stack' and 'boundary'",
  )
  .describe('Another boundary for some stacks.');

/** What an owner may declare, in `residency.yaml` or in a separate file. */
export const declarationShape = {
  exceptions: z
    .array(exception, 'a list of exceptions')
    .optional()
    .describe('Permitted violations of rules, each with a reason, an approver and an expiry date.'),
  places: z
    .array(place, 'a list of places')
    .optional()
    .describe(
      'Places of hosts, buckets and third-party types. A place in a country outside the boundary is still refused.',
    ),
  boundaries: z
    .array(stackBoundary, "a list of mappings with 'stack' and 'boundary'")
    .optional()
    .describe('Other boundaries for some stacks: the first row that matches applies, otherwise `boundary`.'),
};

/** The keys of `residency-exceptions.yaml`. */
export const declarationsSchema = z
  .strictObject(declarationShape, "a mapping with any of 'exceptions', 'places' and 'boundaries'")
  .meta({ title: 'residency-exceptions.yaml' });

/** Declarations as they are written, after their shape is checked. */
export type DeclarationsFile = z.input<typeof declarationsSchema>;
