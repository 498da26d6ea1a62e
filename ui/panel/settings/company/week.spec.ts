import { expect, test } from 'vitest';
import { presets, shownEnd, storedEnd, weekdays, withOneMore } from './week';

test('midnight at the end of a day is 00:00 in a time field', () => {
  expect(['24:00', '18:30'].map(shownEnd)).toEqual(['00:00', '18:30']);
  expect(['00:00', '18:30'].map(storedEnd)).toEqual(['24:00', '18:30']);
});

test('a week to begin with has every day', () => {
  for (const week of Object.values(presets)) expect(Object.keys(week)).toEqual([...weekdays]);
  expect(weekdays.filter((day) => presets.split[day].length > 0)).toHaveLength(6);
});

test('one more span begins after the last, where there is room', () => {
  expect(withOneMore([])).toEqual([{ from: '09:00', to: '18:00' }]);
  expect(withOneMore([{ from: '08:00', to: '12:00' }])).toEqual([{ from: '08:00', to: '12:00' }, { from: '13:00', to: '17:00' }]);
  expect(withOneMore([{ from: '18:00', to: '20:30' }]).at(-1)).toEqual({ from: '21:00', to: '24:00' });
  expect(withOneMore([{ from: '20:00', to: '24:00' }]).at(-1)).toEqual({ from: '', to: '' });
  expect(withOneMore([{ from: '22:00', to: '02:00' }]).at(-1)).toEqual({ from: '', to: '' });
});
