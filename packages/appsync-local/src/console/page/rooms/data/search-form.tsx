import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { TableView } from '../../../../data/data-view.ts';
import { FILTER_OPERATORS, KEY_OPERATORS, type Search } from './asks.ts';

interface SearchFormProps {
  table: TableView;
  search: Search;
  onChange(search: Search): void;
  onSearch(): void;
  /** More buttons. */
  children: ReactNode;
}

/** By key, by index and by filter. Without a partition key it is a Scan. */
export function SearchForm({ table, search, onChange, onSearch, children }: SearchFormProps) {
  const index = table.indexes.find(({ name }) => name === search.index);
  const [partition, sort] = index?.key ?? table.key;
  const set = (change: Partial<Search>): void => onChange({ ...search, ...change });
  const isQuery = search.partition !== '';
  return (
    <form
      className="tools"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch();
      }}
    >
      <label>
        In{' '}
        <select
          value={search.index}
          onChange={({ target }) => set({ index: target.value, partition: '', sort: '' })}
        >
          <option value="">the table</option>
          {table.indexes.map(({ name }) => (
            <option key={name} value={name}>
              index {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {partition!.name}{' '}
        <input
          value={search.partition}
          placeholder="all, by a Scan"
          onChange={({ target }) => set({ partition: target.value })}
        />
      </label>
      {sort && (
        <span className="pair">
          <Operator
            label={`Comparison of ${sort.name}`}
            {...{ value: search.sortOperator, operators: KEY_OPERATORS, isDisabled: !isQuery }}
            onChange={(sortOperator) => set({ sortOperator })}
          />
          <label>
            {sort.name}{' '}
            <input
              disabled={!isQuery}
              value={search.sort}
              onChange={({ target }) => set({ sort: target.value })}
            />
          </label>
          <label>
            <input
              type="checkbox"
              disabled={!isQuery}
              checked={search.descending}
              onChange={({ target }) => set({ descending: target.checked })}
            />{' '}
            descending
          </label>
        </span>
      )}
      <span className="pair">
        <label>
          Filter{' '}
          <input
            value={search.attribute}
            placeholder="attribute, map.member"
            onChange={({ target }) => set({ attribute: target.value })}
          />
        </label>
        <Operator
          label="Comparison of the filter"
          {...{
            value: search.filterOperator,
            operators: FILTER_OPERATORS,
            isDisabled: search.attribute === '',
          }}
          onChange={(filterOperator) => set({ filterOperator })}
        />
        <input
          aria-label="Value of the filter"
          placeholder='text, 12, "12", true'
          disabled={search.attribute === '' || search.filterOperator.includes('exist')}
          value={search.filter}
          onChange={({ target }) => set({ filter: target.value })}
        />
      </span>
      <Button className="button primary" type="submit">
        {isQuery ? 'Query' : 'Scan'}
      </Button>
      {children}
    </form>
  );
}

interface OperatorProps {
  label: string;
  value: string;
  operators: readonly string[];
  isDisabled: boolean;
  onChange(operator: string): void;
}

const Operator = ({ label, value, operators, isDisabled, onChange }: OperatorProps) => (
  <select
    aria-label={label}
    value={value}
    disabled={isDisabled}
    onChange={({ target }) => onChange(target.value)}
  >
    {operators.map((one) => (
      <option key={one}>{one}</option>
    ))}
  </select>
);
