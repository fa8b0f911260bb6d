'use client';
import { useTranslations } from 'next-intl';
import {
  Bar,
  BarChart,
  CartesianGrid,
  LabelList,
  Rectangle,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useNumberText } from '../ui/format.tsx';

export interface BrokerLeaders {
  broker: number;
  leaders: number;
  preferred: number;
  isAlive: boolean;
}

const tick = { fill: 'var(--ink-faint)', fontSize: 12 };

/** Leaders of each broker beside the leaders it should have: who carries too much is seen at a glance. */
export function LeadersChart({ brokers }: { brokers: BrokerLeaders[] }) {
  const t = useTranslations('charts');
  const text = useNumberText();
  const data = brokers.map((each) => ({ ...each, name: String(each.broker) }));
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart
        data={data}
        layout="vertical"
        margin={{ top: 0, right: 40, bottom: 0, left: 0 }}
        barGap={2}
        barCategoryGap={8}
        accessibilityLayer={false}
      >
        <CartesianGrid horizontal={false} stroke="var(--line)" />
        <XAxis
          type="number"
          allowDecimals={false}
          tick={tick}
          tickLine={false}
          axisLine={false}
          tickFormatter={(value: number) => text.compact(value)}
        />
        <YAxis
          type="category"
          dataKey="name"
          width={36}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: 'var(--edge)' }}
        />
        <Tooltip
          cursor={{ fill: 'var(--hover)' }}
          isAnimationActive={false}
          labelFormatter={(name) => t('broker', { id: String(name) })}
          contentStyle={{
            background: 'var(--surface)',
            border: '1px solid var(--line)',
            borderRadius: 8,
            boxShadow: 'var(--float-shadow)',
            fontSize: 12,
            padding: '6px 10px',
          }}
          itemStyle={{ color: 'var(--ink)' }}
          labelStyle={{ color: 'var(--ink-faint)' }}
        />
        <Bar
          dataKey="leaders"
          name={t('leaders')}
          fill="var(--chart-1)"
          isAnimationActive={false}
          shape={<Rectangle radius={2} />}
        >
          <LabelList
            dataKey="leaders"
            position="right"
            fill="var(--ink)"
            fontSize={12}
            formatter={(value) => text.compact(Number(value))}
          />
        </Bar>
        <Bar
          dataKey="preferred"
          name={t('preferred')}
          fill="var(--chart-2)"
          isAnimationActive={false}
          shape={<Rectangle radius={2} />}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
