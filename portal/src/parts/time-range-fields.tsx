import { Field, Input } from '@fluentui/react-components';
import { texts } from '../texts/texts.js';
import { ChoiceField } from './choice-field.js';
import type { TimeRangeTexts } from './time-range.js';

const { events } = texts;
const OPTIONS = [['', events.ranges.all], ...Object.entries(events.ranges).filter(([name]) => name !== 'all')] as const;

export interface TimeRangeFieldsProps {
  readonly value: TimeRangeTexts;
  readonly onChange: (part: Partial<TimeRangeTexts>) => void;
}

/** When something happened: lately, or between two times. */
export function TimeRangeFields({ value, onChange }: TimeRangeFieldsProps) {
  return (
    <>
      <ChoiceField
        label={events.time}
        value={value.range}
        options={OPTIONS}
        onChoose={(range) => onChange(range === 'own' ? { range } : { range, from: '', to: '' })}
      />
      {value.range === 'own' &&
        (['from', 'to'] as const).map((name) => (
          <Field key={name} label={events[name]}>
            <Input
              type="datetime-local"
              value={value[name]}
              onChange={(_event, data) => onChange({ [name]: data.value })}
            />
          </Field>
        ))}
    </>
  );
}
