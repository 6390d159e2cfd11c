import { z } from 'zod';
import { text } from './fields';

export const trail = z
  .strictObject(
    {
      dataEvents: z
        .enum(['deployment', 'account'], 'deployment, account')
        .describe(
          'The stores whose uses are recorded, item by item and object by object. `deployment` (the default): those whose names begin with ' +
            '`NAME-`, which all stores of the deployment do. `account`: all buckets of the account, and all its tables in the Regions of the ' +
            'deployment; evidence then names those of other teams. CloudTrail bills $0.10 per 100,000 recorded events ' +
            '(aws.amazon.com/cloudtrail/pricing, read on 2026-11-30), so 1,000,000,000 requests of a shared account cost about $1,000.',
        )
        .optional(),
      organization: text(
        'the ARN of a trail of CloudTrail',
        /^arn:[a-z-]+:cloudtrail:[a-z0-9-]+:\d{12}:trail\/[A-Za-z0-9._-]{3,128}$/,
      )
        .describe(
          'The ARN of a trail of your organisation that records this account. The deployment then makes no trail of its own, and can set or check ' +
            'nothing of the one that is named: docs/ACCOUNTS.md says what it must record.',
        )
        .optional(),
    },
    "a mapping with 'dataEvents' or 'organization'",
  )
  .describe('The CloudTrail trail of the deployment. It always records management events, with every use of a key.');
