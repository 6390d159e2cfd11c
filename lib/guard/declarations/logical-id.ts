const STEP = String.raw`[A-Za-z_][\w-]*(?:\[(?:\d+|"[^"\s]*")\])?`;

/** A logical id, or the address of a resource in a plan: `module.logs["eu"].aws_s3_bucket.this[0]`. */
export const LOGICAL_ID = new RegExp(String.raw`^(?:[A-Za-z0-9]{1,255}|(?:${STEP}\.)+${STEP})$`);
