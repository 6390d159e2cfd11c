import { z } from 'zod';
import { day } from './fields';

const rateAllowed = 'euros for one US dollar, such as 0.86';

export const currency = z
  .strictObject(
    {
      EUR: z
        .number(rateAllowed)
        .gt(0, rateAllowed)
        .max(10, rateAllowed)
        .describe('Euros for one US dollar: your own rate, such as the one of your invoices.'),
      asOf: day().describe('The day of the rate.'),
    },
    "a mapping with 'EUR' and 'asOf'",
  )
  .describe(
    'The rate by which `eu-residency cost` prints euros next to US dollars. Without it, the command prints dollars only.',
  );
