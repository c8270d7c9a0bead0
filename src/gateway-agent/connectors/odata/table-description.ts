import type { Column, Table, TableList } from '../../../contract/table.js';
import { contractTypeOf } from './edm-type.js';
import type { EdmModel, EntitySet, Property } from './edm-model.js';

/** Entity sets by name. */
export function tableList(model: EdmModel): TableList {
  return [...model.names()].sort().map((name) => ({ name, displayName: name }));
}

export function tableOf(set: EntitySet): Table {
  const columns = [...set.properties.values()].map((property) => columnOf(set, property));
  return { name: set.name, displayName: set.name, columns };
}

function columnOf(set: EntitySet, property: Property): Column {
  const { name, type, nullable, hasDefault, readOnly, maxLength } = property;
  const place = set.key.indexOf(property);
  return {
    name,
    type: contractTypeOf(type.kind),
    sourceType: type.name,
    nullable,
    hasDefault,
    readOnly,
    ...(place === -1 ? {} : { keyOrder: place + 1 }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(type.kind === 'json' && { comparable: false }),
  };
}
