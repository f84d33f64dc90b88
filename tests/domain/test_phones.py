"""Telephone numbers: what people say is taken, what cannot be one is not."""

import pytest

from domain.language.phones import holds_number, phone_number


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("138 0013 8000", "138 0013 8000"),
        ("+86 (10) 6552-9988", "+86 (10) 6552-9988"),
        ("  ０１０－６５５２９９８８ ", "010-65529988"),
        ("65529988转203", "65529988转203"),
        ("030/123456 ext. 7", "030/123456 ext. 7"),
        ("8217", "8217"),
    ],
)
def test_taken(said: str, kept: str) -> None:
    assert phone_number(said) == kept


@pytest.mark.parametrize("said", ["", "none", "12", "call me", "138 0013 8000 or so", "1" * 30, "+", "12a45"])
def test_not_taken(said: str) -> None:
    assert phone_number(said) is None


@pytest.mark.parametrize(
    "words",
    [
        "13800138000",
        "138 0013 8000",
        "138–0013–8000",
        "138—0013—8000",
        "138·0013·8000",
        "138,0013,8000",
        "138，0013，8000",
        "138、0013、8000",
        "一三八零零一三八零零零",
        "幺三八〇〇幺三八〇〇〇",
        "1\u200b3\u200b8\u200b0\u200b0\u200b1\u200b3\u200b8",
        "１３８００１３８０００",
        "1 3 8 0 0 1 3 8 0 0 0",
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣",
        "❶❸❽⓿⓿❶❸❽",
        "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖",
        "138 零零一三 8000",
        "one three eight zero zero one three eight",
        "call +44 20 7946 0958",
        "+44 (0)20-7946-0958",
        "(021) 6234.5678",
        "138/0013/8000",
        "138_0013_8000",
        "138*0013*8000",
        "138|0013|8000",
        "138:0013:8000",
        "138\n0013\n8000",
        "١٣٨٠٠١٣٨٠٠٠",
        "l38OOl38OOO",
        "double eight double six 12345",
        "138 - 0013 - 8000",
        "1-3-8-0-0-1-3-8-0-0-0",
        "1.3.8.0.0.1.3.8",
        "电话：壹叁捌零零壹叁捌",
        "6234 5678",
        "138 ... 0013 ... 8000",
        "138🙂0013🙂8000",
        "⑴⑶⑻⑴⑶⑻⑴⑶",
        "wechat 13800138000元",
        "138\xa00013\u20098000",
        "138\u20440013\u20448000",
        "138 and 0013 and 8000",
        "138 dash 0013 dash 8000",
        "138 space 0013 space 8000",
        "1380013 then 8000",
        "1380013 and then 8000",
        "138 dot 0013 dot 8000",
        "one three eight two zeros one three eight three zeros",
        "138杠0013杠8000",
        "138(dash)0013(dash)8000",
        "meter no 13800138000",
        "138空格0013空格8000",
        "138然后0013然后8000",
        "1380013后面是8000",
        "幺三八洞洞幺三八洞洞洞",
        "一三八 两个零 一三八 三个零",
        "138和0013和8000",
        "1 3 8\n0 0 1 3\n8 0 0 0",
        "my number is 1380 013 8000 thanks",
        "1 – 3 – 8 – 0 – 0 – 1 – 3",
        "138‧0013‧8000",
        "138•0013•8000",
        "2026-11-30 13800138000",
    ],
)
def test_a_number_is_seen_however_it_is_spelled(words: str) -> None:
    assert holds_number(words)
    assert holds_number(f"Please call me on {words} after six.")
    assert holds_number(f"请打我的电话{words}谢谢")


@pytest.mark.parametrize(
    "words",
    [
        "I come at 18:00",
        "between 14:00 and 16:30",
        "14:00-16:30",
        "2026-12-05 18:00",
        "2026-12-05 14:00-16:30",
        "5.12.2026, 18:30",
        "2026年12月5日 18:00",
        "code 4711#",
        "the door code is 123456",
        "it costs 1,200.50 yuan",
        "¥1,200,000",
        "120 x 60 x 45 cm",
        "rooms 101, 102, 103",
        "3号楼2单元502",
        "3-2-502",
        "12月5日下午三点",
        "一百二十三块",
        "一楼二楼三楼都停水了",
        "lamps in 301, 302 and 303",
        "50 per cent of 200",
        "20-25 minutes, 3 screws",
        "I need 2 valves 15 mm and 4 seals 20 mm",
        "8-10, 12-14",
        "floor 3, flat 12, bell 4",
        "order 12345",
        "1, 2, 3, 4, 5",
        "第12号诉求",
        "M8 x 40",
        "周一三五七点",
        "三三两两",
        "一一告知",
        "WE came 31/12/2026",
        "三十二元五角",
        "from 8.30 to 10.15 or 12.30",
        "9.00-10.30",
        "meter 00123456 kWh",
        "the meter shows 00123456.7 kWh",
        "水表00123456立方",
        "户号 00345678",
        "order number 2026-1131",
        "the years 2019 2020 2021 2022",
        "2019年和2020年和2021年",
        "bulbs: 40 60 75 100 watt",
        "灯泡40、60、75、100瓦",
        "rooms 101 and 102 and 103",
        "between 1200 and 1500",
        "三个一等奖",
        "打三个洞，再打两个",
        "12点半或者13点，再不行14点",
    ],
)
def test_days_times_prices_and_places_are_no_numbers(words: str) -> None:
    assert not holds_number(words)
