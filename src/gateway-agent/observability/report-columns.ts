/**
 * Names and order of the columns of the performance reports: those of the gateway that Power BI's report templates read.
 *
 * @see learn.microsoft.com/data-integration/gateway/service-gateway-performance
 */
export const REPORT_COLUMNS = {
  QueryExecutionReport: [
    'GatewayObjectId',
    'RequestId',
    'DataSource',
    'QueryTrackingId',
    'QueryExecutionEndTimeUTC',
    'QueryExecutionDuration(ms)',
    'QueryType',
    'DataProcessingEndTimeUTC',
    'DataProcessingDuration(ms)',
    'Success',
    'ErrorMessage',
    'SpoolingDiskWritingDuration(ms)',
    'SpoolingDiskReadingDuration(ms)',
    'SpoolingTotalDataSize(bytes)',
    'DataReadingAndSerializationDuration(ms)',
    'DiskRead(B/s)',
    'DiskWrite(B/s)',
  ],
  QueryStartReport: [
    'GatewayObjectId',
    'RequestId',
    'DataSource',
    'QueryTrackingId',
    'QueryExecutionStartTimeUTC',
    'QueryType',
    'QueryText(base64)',
    'EvaluationContext',
  ],
  QueryExecutionAggregationReport: [
    'GatewayObjectId',
    'AggregationStartTimeUTC',
    'AggregationEndTimeUTC',
    'DataSource',
    'Success',
    'AverageQueryExecutionDuration(ms)',
    'MaxQueryExecutionDuration(ms)',
    'MinQueryExecutionDuration(ms)',
    'QueryType',
    'AverageDataProcessingDuration(ms)',
    'MaxDataProcessingDuration(ms)',
    'MinDataProcessingDuration(ms)',
    'Count',
  ],
  SystemCounterAggregationReport: [
    'GatewayObjectId',
    'AggregationStartTimeUTC',
    'AggregationEndTimeUTC',
    'CounterName',
    'Max',
    'Min',
    'Average',
  ],
} as const;
export type ReportName = keyof typeof REPORT_COLUMNS;
