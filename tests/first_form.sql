INSERT INTO event (number, at, who, kind, about, body, previous, hash) VALUES (1, '2026-07-01T09:00:00+08:00', '李', '开轮次', '六月', '{"ends":"2026-06-30","scheme":"492090a520231edfe1aa095217a0889356ad1ad7b081f89912d8585ecae8cb52","standards":["f3147a504841aefc3b5b2b93d6c5fa568efe173553bbb85b496eb6927a828196"],"starts":"2026-06-01","units":2}', '0000000000000000000000000000000000000000000000000000000000000000', '883143bb7de979ab394862726af236563338c1861fb9c2c34daa915b7c3d5d80');
INSERT INTO event (number, at, who, kind, about, body, previous, hash) VALUES (2, '2026-07-01T09:00:00+08:00', '李', '导入', '六月', '{"changed":0,"files":["6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"],"new":2}', '883143bb7de979ab394862726af236563338c1861fb9c2c34daa915b7c3d5d80', '86adb5477d26135755aa768b72f3f2500e121fc07661630c3af05df0beff3f70');
INSERT INTO event (number, at, who, kind, about, body, previous, hash) VALUES (3, '2026-07-01T09:00:00+08:00', '王', '评分', '六月', '{"cards":2,"sha256":"d7eb5d0dc37da3ac5aba5913cf31a6bd4d6cf01b7e7948f7bdf58f2cf95cced2","version":1}', '86adb5477d26135755aa768b72f3f2500e121fc07661630c3af05df0beff3f70', 'a579cba67d86631f33723e543d6db5611209e403f7b52c5968ddfc24afd818d0');
INSERT INTO event (number, at, who, kind, about, body, previous, hash) VALUES (4, '2026-07-01T09:00:00+08:00', '李', '导入', '六月', '{"changed":1,"files":["d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35"],"new":0}', 'a579cba67d86631f33723e543d6db5611209e403f7b52c5968ddfc24afd818d0', '87d58c1b58cf7110c8116ab29a5205b8ef4f5a54a747183a64ef33d9626e58df');
INSERT INTO event (number, at, who, kind, about, body, previous, hash) VALUES (5, '2026-07-01T09:00:00+08:00', '王', '评分', '六月', '{"cards":2,"sha256":"9b8575acfe2b808228d5df5ff1a9a5860da7d7db5cc7c184f2de41d8e9a85248","version":2}', '87d58c1b58cf7110c8116ab29a5205b8ef4f5a54a747183a64ef33d9626e58df', '9f4291fbaab668e1aa99a7422144dfaeee80be0b7b3612ff171e819f307d7728');
INSERT INTO event (number, at, who, kind, about, body, previous, hash) VALUES (6, '2026-07-01T09:00:00+08:00', '王', '结束', '六月', '{"sha256":"9b8575acfe2b808228d5df5ff1a9a5860da7d7db5cc7c184f2de41d8e9a85248"}', '9f4291fbaab668e1aa99a7422144dfaeee80be0b7b3612ff171e819f307d7728', '7949f687bcc681a454fe3695f1b9eaab9cff4d9958a663f0ae6b11b4a9eb0914');
INSERT INTO event (number, at, who, kind, about, body, previous, hash) VALUES (7, '2026-07-01T09:00:00+08:00', '李', '开轮次', '七月', '{"ends":"2026-07-30","scheme":"492090a520231edfe1aa095217a0889356ad1ad7b081f89912d8585ecae8cb52","standards":["f3147a504841aefc3b5b2b93d6c5fa568efe173553bbb85b496eb6927a828196"],"starts":"2026-07-01","units":2}', '7949f687bcc681a454fe3695f1b9eaab9cff4d9958a663f0ae6b11b4a9eb0914', '403becc85ae0852c8ae440d2e0f1e3abd285394b9eb691433822094ff7f74cf6');
INSERT INTO event (number, at, who, kind, about, body, previous, hash) VALUES (8, '2026-07-01T09:00:00+08:00', '李', '导入', '七月', '{"changed":0,"files":["4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce"],"new":2}', '403becc85ae0852c8ae440d2e0f1e3abd285394b9eb691433822094ff7f74cf6', '2fae23eb8b7c4669fc019e4961aa456aaaf4d2829cd2f40359d0f27f663ccba1');
INSERT INTO event (number, at, who, kind, about, body, previous, hash) VALUES (9, '2026-07-01T09:00:00+08:00', '王', '评分', '七月', '{"cards":2,"sha256":"775d61e8476a268e27b2f8e0589dd950cd52c1372acabb2ca64014d567a1b286","version":1}', '2fae23eb8b7c4669fc019e4961aa456aaaf4d2829cd2f40359d0f27f663ccba1', 'aaae670414dcb0e8d924e020aaae20082d4f7784d2bfb11900c74342f53ae39b');
INSERT INTO rule_text (sha256, kind, id, name, starts, body) VALUES ('492090a520231edfe1aa095217a0889356ad1ad7b081f89912d8585ecae8cb52', '考核办法', 'SY', '试验', '2026-01-01', '考核办法: 试验
编号: SY
依据: 试验办法
分值来源: 拟定
施行: 2026-01-01
周期: 月
标准: [{标准: T}]
等次: {优秀: 90, 良好: 80, 合格: 60, 不合格: 0}
阶梯: [{情形: 重复, 次数: 2, 乘: 2}]
附加: {最高加: 5, 最高扣: 10}
荣誉: [{名称: 红旗, 条件: 名次 = 1}]
奖励: [{名称: 奖金, 按名次: {1: 200}}]
');
INSERT INTO rule_text (sha256, kind, id, name, starts, body) VALUES ('b2fe5a8c56bf31349f1f56563e39b19f2a871cd94331e6a3c92b9a0bfa1f2ad2', '检查项字典', '', '检查项字典', '', '检查项:
  绿化率: {填: 百分比}
');
INSERT INTO rule_text (sha256, kind, id, name, starts, body) VALUES ('f3147a504841aefc3b5b2b93d6c5fa568efe173553bbb85b496eb6927a828196', '标准', 'T', '试验', '2022-01-01', '标准: 试验
编号: T
依据: 试验
分值来源: 拟定
适用: [行政村, 自然村]
施行: 2022-01-01
等次: {优秀: 90, 合格: 60, 不合格: 0}
一票否决: 等次定为不合格
登记表:
  甲处数: {填: 数量, 单位: 处}
项目:
- 名称: 项1
  满分: 100
  条款:
  - 编号: T-01
    名称: 条1
    原文: 试验
    出处: 试验
    扣分情形: 甲处数 > 0
    扣分: {每处: 5}
    严重程度: 一般
    整改: {要求: 改, 期限: 3天, 责任人: 村主任}
    算例: [{扣: 未查}]
');
INSERT INTO round (name, period, starts, ends, scheme, state, version) VALUES ('六月', '月', '2026-06-01', '2026-06-30', '492090a520231edfe1aa095217a0889356ad1ad7b081f89912d8585ecae8cb52', '已结束', 2);
INSERT INTO round (name, period, starts, ends, scheme, state, version) VALUES ('七月', '月', '2026-07-01', '2026-07-30', '492090a520231edfe1aa095217a0889356ad1ad7b081f89912d8585ecae8cb52', '进行中', 1);
INSERT INTO round_text (round, sha256) VALUES ('六月', '492090a520231edfe1aa095217a0889356ad1ad7b081f89912d8585ecae8cb52');
INSERT INTO round_text (round, sha256) VALUES ('六月', 'b2fe5a8c56bf31349f1f56563e39b19f2a871cd94331e6a3c92b9a0bfa1f2ad2');
INSERT INTO round_text (round, sha256) VALUES ('六月', 'f3147a504841aefc3b5b2b93d6c5fa568efe173553bbb85b496eb6927a828196');
INSERT INTO round_text (round, sha256) VALUES ('七月', '492090a520231edfe1aa095217a0889356ad1ad7b081f89912d8585ecae8cb52');
INSERT INTO round_text (round, sha256) VALUES ('七月', 'b2fe5a8c56bf31349f1f56563e39b19f2a871cd94331e6a3c92b9a0bfa1f2ad2');
INSERT INTO round_text (round, sha256) VALUES ('七月', 'f3147a504841aefc3b5b2b93d6c5fa568efe173553bbb85b496eb6927a828196');
INSERT INTO unit (round, id, name, kind, body) VALUES ('六月', '1', '东岭村', '行政村', '{"aliases":[],"area":"东片","details":{}}');
INSERT INTO unit (round, id, name, kind, body) VALUES ('六月', '2', '西坡村', '行政村', '{"aliases":[],"area":"西片","details":{}}');
INSERT INTO unit (round, id, name, kind, body) VALUES ('七月', '1', '东岭村', '行政村', '{"aliases":[],"area":"东片","details":{}}');
INSERT INTO unit (round, id, name, kind, body) VALUES ('七月', '2', '西坡村', '行政村', '{"aliases":[],"area":"西片","details":{}}');
INSERT INTO source_file (round, sha256, name, event) VALUES ('六月', '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b', 'a.csv', 2);
INSERT INTO source_file (round, sha256, name, event) VALUES ('六月', 'd4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35', 'b.csv', 4);
INSERT INTO source_file (round, sha256, name, event) VALUES ('七月', '4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce', 'c.csv', 8);
INSERT INTO visit (id, round, unit, date, source, inspectors, number, digest, body, event, replaced_by) VALUES (1, '六月', '1', '2026-06-03', '日常', '李、王', 1, '92f802f4026d2db948050c869a446ba0896f4f9e174f28ea1d689ec40a42be51', '{"answers":{"甲处数":{"number":"3"}},"columns":["甲处数"],"note":"","occurrences":[],"places":{},"reasons":{},"signed":false,"time":null}', 2, 3);
INSERT INTO visit (id, round, unit, date, source, inspectors, number, digest, body, event, replaced_by) VALUES (2, '六月', '2', '2026-06-03', '日常', '李、王', 1, '2c1277ed855207d54cf01c0110703e4260a01560d95b591a9bbf444ebdb64639', '{"answers":{"甲处数":{"number":"1"}},"columns":["甲处数"],"note":"","occurrences":[],"places":{},"reasons":{},"signed":false,"time":null}', 2, NULL);
INSERT INTO visit (id, round, unit, date, source, inspectors, number, digest, body, event, replaced_by) VALUES (3, '六月', '1', '2026-06-03', '日常', '李、王', 1, '79ec72d3707f898aaa48793a9c194e571a2427ce68ebbbe0a01d365fc1c91105', '{"answers":{"甲处数":{"number":"2"}},"columns":["甲处数"],"note":"","occurrences":[],"places":{},"reasons":{},"signed":false,"time":null}', 4, NULL);
INSERT INTO visit (id, round, unit, date, source, inspectors, number, digest, body, event, replaced_by) VALUES (4, '七月', '1', '2026-07-03', '日常', '李、王', 1, '2c1277ed855207d54cf01c0110703e4260a01560d95b591a9bbf444ebdb64639', '{"answers":{"甲处数":{"number":"1"}},"columns":["甲处数"],"note":"","occurrences":[],"places":{},"reasons":{},"signed":false,"time":null}', 8, NULL);
INSERT INTO visit (id, round, unit, date, source, inspectors, number, digest, body, event, replaced_by) VALUES (5, '七月', '2', '2026-07-03', '日常', '李、王', 1, '71dab926a983bdab2dff0265c3a00b823858c86216d49fa31e892d2b63e097ac', '{"answers":{"甲处数":{"number":"4"}},"columns":["甲处数"],"note":"","occurrences":[],"places":{},"reasons":{},"signed":false,"time":null}', 8, NULL);
INSERT INTO card (round, version, visit, standard, unit, low, high, body) VALUES ('六月', 1, 1, 'T', '1', '85.00', '85.00', '{"applicable":"100","assumed":[],"bonus":null,"bounds":{"high":"85.00","low":"85.00"},"computed":{},"coverage":"1","findings":[{"citation":"试验","clause":"T-01","count":"3","item":"项1","lost":"15","name":"条1","result":"fail","severity":"一般","source_text":"试验","uncapped":"15","why":"条13处，每处扣5分，扣15分"}],"full":"100","grade":"合格","in_force":"2026-06-03","items":[{"applicable":"100","awarded":"85","full":"100","lost":"15","name":"项1","open":"0"}],"registered":[],"results":{},"scale":"100","score":"85.00","standard":"T","unit":{"area":"东片","id":"1","kind":"行政村","name":"东岭村"},"unknown":{},"vetoes":[],"visit":{"date":"2026-06-03","inspectors":["李","王"],"number":1,"source":"日常","time":null}}');
INSERT INTO card (round, version, visit, standard, unit, low, high, body) VALUES ('六月', 1, 2, 'T', '2', '95.00', '95.00', '{"applicable":"100","assumed":[],"bonus":null,"bounds":{"high":"95.00","low":"95.00"},"computed":{},"coverage":"1","findings":[{"citation":"试验","clause":"T-01","count":"1","item":"项1","lost":"5","name":"条1","result":"fail","severity":"一般","source_text":"试验","uncapped":"5","why":"条11处，每处扣5分，扣5分"}],"full":"100","grade":"优秀","in_force":"2026-06-03","items":[{"applicable":"100","awarded":"95","full":"100","lost":"5","name":"项1","open":"0"}],"registered":[],"results":{},"scale":"100","score":"95.00","standard":"T","unit":{"area":"西片","id":"2","kind":"行政村","name":"西坡村"},"unknown":{},"vetoes":[],"visit":{"date":"2026-06-03","inspectors":["李","王"],"number":1,"source":"日常","time":null}}');
INSERT INTO card (round, version, visit, standard, unit, low, high, body) VALUES ('六月', 2, 3, 'T', '1', '90.00', '90.00', '{"applicable":"100","assumed":[],"bonus":null,"bounds":{"high":"90.00","low":"90.00"},"computed":{},"coverage":"1","findings":[{"citation":"试验","clause":"T-01","count":"2","item":"项1","lost":"10","name":"条1","result":"fail","severity":"一般","source_text":"试验","uncapped":"10","why":"条12处，每处扣5分，扣10分"}],"full":"100","grade":"优秀","in_force":"2026-06-03","items":[{"applicable":"100","awarded":"90","full":"100","lost":"10","name":"项1","open":"0"}],"registered":[],"results":{},"scale":"100","score":"90.00","standard":"T","unit":{"area":"东片","id":"1","kind":"行政村","name":"东岭村"},"unknown":{},"vetoes":[],"visit":{"date":"2026-06-03","inspectors":["李","王"],"number":1,"source":"日常","time":null}}');
INSERT INTO card (round, version, visit, standard, unit, low, high, body) VALUES ('六月', 2, 2, 'T', '2', '95.00', '95.00', '{"applicable":"100","assumed":[],"bonus":null,"bounds":{"high":"95.00","low":"95.00"},"computed":{},"coverage":"1","findings":[{"citation":"试验","clause":"T-01","count":"1","item":"项1","lost":"5","name":"条1","result":"fail","severity":"一般","source_text":"试验","uncapped":"5","why":"条11处，每处扣5分，扣5分"}],"full":"100","grade":"优秀","in_force":"2026-06-03","items":[{"applicable":"100","awarded":"95","full":"100","lost":"5","name":"项1","open":"0"}],"registered":[],"results":{},"scale":"100","score":"95.00","standard":"T","unit":{"area":"西片","id":"2","kind":"行政村","name":"西坡村"},"unknown":{},"vetoes":[],"visit":{"date":"2026-06-03","inspectors":["李","王"],"number":1,"source":"日常","time":null}}');
INSERT INTO card (round, version, visit, standard, unit, low, high, body) VALUES ('七月', 1, 4, 'T', '1', '95.00', '95.00', '{"applicable":"100","assumed":[],"bonus":null,"bounds":{"high":"95.00","low":"95.00"},"computed":{},"coverage":"1","findings":[{"citation":"试验","clause":"T-01","count":"1","item":"项1","lost":"5","name":"条1","result":"fail","severity":"一般","source_text":"试验","uncapped":"5","why":"条11处，每处扣5分，扣5分"}],"full":"100","grade":"优秀","in_force":"2026-07-03","items":[{"applicable":"100","awarded":"95","full":"100","lost":"5","name":"项1","open":"0"}],"registered":[],"results":{},"scale":"100","score":"95.00","standard":"T","unit":{"area":"东片","id":"1","kind":"行政村","name":"东岭村"},"unknown":{},"vetoes":[],"visit":{"date":"2026-07-03","inspectors":["李","王"],"number":1,"source":"日常","time":null}}');
INSERT INTO card (round, version, visit, standard, unit, low, high, body) VALUES ('七月', 1, 5, 'T', '2', '80.00', '80.00', '{"applicable":"100","assumed":[],"bonus":null,"bounds":{"high":"80.00","low":"80.00"},"computed":{},"coverage":"1","findings":[{"citation":"试验","clause":"T-01","count":"4","item":"项1","lost":"20","name":"条1","result":"fail","severity":"一般","source_text":"试验","uncapped":"20","why":"条14处，每处扣5分，扣20分"}],"full":"100","grade":"合格","in_force":"2026-07-03","items":[{"applicable":"100","awarded":"80","full":"100","lost":"20","name":"项1","open":"0"}],"registered":[],"results":{},"scale":"100","score":"80.00","standard":"T","unit":{"area":"西片","id":"2","kind":"行政村","name":"西坡村"},"unknown":{},"vetoes":[],"visit":{"date":"2026-07-03","inspectors":["李","王"],"number":1,"source":"日常","time":null}}');
INSERT INTO standing (round, version, unit, standard, low, high, rank, grade, body) VALUES ('六月', 1, '2', 'T', '95.00', '95.00', 1, '优秀', '{"awards":[["奖金","200.00"]],"coverage":"1","extra":"0","grade":"优秀","group":["行政村"],"high":"95.00","honours":["红旗"],"low":"95.00","rank":1,"standard":"T","unit":"2","unranked":"","won":["优秀","红旗"]}');
INSERT INTO standing (round, version, unit, standard, low, high, rank, grade, body) VALUES ('六月', 1, '1', 'T', '85.00', '85.00', 2, '良好', '{"awards":[],"coverage":"1","extra":"0","grade":"良好","group":["行政村"],"high":"85.00","honours":[],"low":"85.00","rank":2,"standard":"T","unit":"1","unranked":"","won":["良好"]}');
INSERT INTO standing (round, version, unit, standard, low, high, rank, grade, body) VALUES ('六月', 2, '2', 'T', '95.00', '95.00', 1, '优秀', '{"awards":[["奖金","200.00"]],"coverage":"1","extra":"0","grade":"优秀","group":["行政村"],"high":"95.00","honours":["红旗"],"low":"95.00","rank":1,"standard":"T","unit":"2","unranked":"","won":["优秀","红旗"]}');
INSERT INTO standing (round, version, unit, standard, low, high, rank, grade, body) VALUES ('六月', 2, '1', 'T', '90.00', '90.00', 2, '优秀', '{"awards":[],"coverage":"1","extra":"0","grade":"优秀","group":["行政村"],"high":"90.00","honours":[],"low":"90.00","rank":2,"standard":"T","unit":"1","unranked":"","won":["优秀"]}');
INSERT INTO standing (round, version, unit, standard, low, high, rank, grade, body) VALUES ('七月', 1, '1', 'T', '95.00', '95.00', 1, '优秀', '{"awards":[["奖金","200.00"]],"coverage":"1","extra":"0","grade":"优秀","group":["行政村"],"high":"95.00","honours":["红旗"],"low":"95.00","rank":1,"standard":"T","unit":"1","unranked":"","won":["优秀","红旗"]}');
INSERT INTO standing (round, version, unit, standard, low, high, rank, grade, body) VALUES ('七月', 1, '2', 'T', '80.00', '80.00', 2, '良好', '{"awards":[],"coverage":"1","extra":"0","grade":"良好","group":["行政村"],"high":"80.00","honours":[],"low":"80.00","rank":2,"standard":"T","unit":"2","unranked":"","won":["良好"]}');
